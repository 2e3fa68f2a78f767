// node apollo.mjs URL: what Apollo Client and its cache make of the service, as JSON.
import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client'
import { relayStylePagination } from '@apollo/client/utilities'
import { filter, firstValueFrom } from 'rxjs'

const url = process.argv[2]
let requests = 0
const counted = (...asked) => {
  requests += 1
  return fetch(...asked)
}

const first = (watched) => firstValueFrom(watched.pipe(filter(({ loading }) => !loading)))

async function possibleTypes() {
  const query = '{ __schema { types { name possibleTypes { name } } } }'
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) })
  const { data } = await answer.json()
  const abstract = data.__schema.types.filter((type) => type.possibleTypes)
  return Object.fromEntries(abstract.map((type) => [type.name, type.possibleTypes.map(({ name }) => name)]))
}

const byId = { read: (known, { args, toReference }) => known ?? toReference(args.id) }
const cache = new InMemoryCache({
  possibleTypes: await possibleTypes(),
  dataIdFromObject: ({ id }) => id,
  typePolicies: {
    Query: { fields: { conclusions: relayStylePagination(['filter', 'orderBy']), node: byId, conclusion: byId } },
    Conclusion: { fields: { actions: relayStylePagination(['filter', 'orderBy']) } },
  },
})
const client = new ApolloClient({ cache, link: new HttpLink({ uri: url, fetch: counted }) })

const LIST = gql`
  query List($first: Int, $after: String) {
    conclusions(first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      edges { cursor node { id number label } }
    }
  }`
const watched = client.watchQuery({ query: LIST, variables: { first: 50 } })
let page = (await first(watched)).data.conclusions
const pages = [page.edges.length]
while (page.pageInfo.hasNextPage) {
  const more = await watched.fetchMore({ variables: { after: page.pageInfo.endCursor } })
  pages.push(more.data.conclusions.edges.length)
  page = watched.getCurrentResult().data.conclusions
}
const merged = page.edges.map(({ node }) => node.id)
const listed = { pages, merged, total: page.totalCount, requests }

requests = 0
const id = 'conclusion/CTO-2009-C6'
const again = await client.query({ query: LIST, variables: { first: 50 } })
const known = await client.query({
  query: gql`query Known($id: ID!) { conclusion(id: $id) { id number label } }`,
  variables: { id },
})
const interfaces = await client.query({
  query: gql`
    query Interfaces($id: ID!) { node(id: $id) { id ...Thing ... on Conclusion { number } } }
    fragment Thing on Thing { label }`,
  variables: { id },
})
const fromCache = { again: again.data.conclusions.edges.length, known: known.data, node: interfaces.data, requests }

requests = 0
const NESTED = gql`
  query Nested($id: ID!, $after: String) {
    conclusion(id: $id) {
      id
      actions(first: 2, after: $after) {
        pageInfo { hasNextPage endCursor }
        edges { cursor strength node { id ...Named } }
      }
    }
  }
  fragment Named on Thing { kind label }`
const nested = client.watchQuery({ query: NESTED, variables: { id } })
let actions = (await first(nested)).data.conclusion.actions
while (actions.pageInfo.hasNextPage) {
  await nested.fetchMore({ variables: { after: actions.pageInfo.endCursor } })
  actions = nested.getCurrentResult().data.conclusion.actions
}
const links = { nodes: actions.edges.map(({ node }) => node), strengths: actions.edges.map((edge) => edge.strength), requests }

const refused = await client
  .query({ query: gql`{ topics(first: 201) { totalCount } }` })
  .then(() => null, ({ name, errors, message }) => ({ name, message, code: errors?.[0].extensions.code }))

const key = cache.identify({ __typename: 'Conclusion', id })
console.log(JSON.stringify({ listed, fromCache, links, refused, key, keys: Object.keys(cache.extract()) }))
