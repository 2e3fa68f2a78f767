// node query.mjs '{"sources": [...], "query": "..."}': prints the result as SPARQL JSON.
import { QueryEngine } from '@comunica/query-sparql-file'

const { sources, query } = JSON.parse(process.argv[2])
const engine = new QueryEngine()
const result = await engine.query(query, { sources })
const { data } = await engine.resultToString(result, 'application/sparql-results+json')
data.pipe(process.stdout)
