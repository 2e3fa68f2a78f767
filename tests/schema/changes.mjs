// node changes.mjs OLD.graphql NEW.graphql: prints what in the new schema breaks who asks by the old, as JSON.
import { readFileSync } from 'node:fs'
import { CriticalityLevel, diff } from '@graphql-inspector/core'
import { buildSchema } from 'graphql'

const [before, after] = process.argv.slice(2).map((file) => buildSchema(readFileSync(file, 'utf8')))
const changes = (await diff(before, after))
  .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
  .map(({ path, message }) => ({ path, message }))
console.log(JSON.stringify(changes))
