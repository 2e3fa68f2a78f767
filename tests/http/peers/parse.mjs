// node parse.mjs jsonld|n3 FILE: prints the triples of a file as N-Quads.
import { readFileSync } from 'node:fs'
import jsonld from 'jsonld'
import { Parser, Writer } from 'n3'

const [, , parser, file] = process.argv
const text = readFileSync(file, 'utf8')
if (parser === 'jsonld') {
  process.stdout.write(await jsonld.toRDF(JSON.parse(text), { format: 'application/n-quads' }))
} else {
  const writer = new Writer({ format: 'N-Quads' })
  process.stdout.write(writer.quadsToString(new Parser().parse(text)))
}
