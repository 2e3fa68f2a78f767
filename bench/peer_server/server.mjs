// The peer: @neo4j/graphql on Apollo Server, as its documentation sets them up. It reads its type definitions
// from the file in PEER_SCHEMA and says "ready" when it listens on PEER_PORT.
import { readFileSync } from "node:fs";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { Neo4jGraphQL } from "@neo4j/graphql";
import neo4j from "neo4j-driver";

const { PEER_SCHEMA, PEER_PORT, NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD, NEO4J_DATABASE } = process.env;
const auth = NEO4J_USER ? neo4j.auth.basic(NEO4J_USER, NEO4J_PASSWORD ?? "") : undefined;
const driver = neo4j.driver(NEO4J_URI, auth);
const made = new Neo4jGraphQL({ typeDefs: readFileSync(PEER_SCHEMA, "utf-8"), driver });
const server = new ApolloServer({ schema: await made.getSchema(), includeStacktraceInErrorResponses: false });
await startStandaloneServer(server, {
  listen: { port: Number(PEER_PORT), host: "127.0.0.1" },
  context: async () => ({ sessionConfig: { database: NEO4J_DATABASE ?? "neo4j" } }),
});
console.log("ready");
process.on("SIGTERM", async () => {
  await server.stop();
  await driver.close();
  process.exit(0);
});
