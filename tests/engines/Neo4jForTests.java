import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.BoltConnectorInternalSettings;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.io.ByteUnit;

/**
 * A whole Neo4j in this process: java -cp 'lib/*' Neo4jForTests.java HOME PORT PAGES.
 *
 * <p>PAGES are the MiB of its page cache. Bolt listens on 127.0.0.1 without authentication. The line
 * "ready" on standard output says that it answers. It shuts down on SIGTERM and when its standard input
 * ends, so it never outlives the tests that started it, however they died.
 */
public final class Neo4jForTests {
    public static void main(String[] args) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err); // standard output belongs to "ready" alone
        int port = Integer.parseInt(args[1]);
        int pages = Integer.parseInt(args[2]);
        DatabaseManagementService service = start(Path.of(args[0]), port, pages);
        Runtime.getRuntime().addShutdownHook(new Thread(service::shutdown));
        answers.println("ready");
        answers.flush();
        while (System.in.read() != -1) {
            // nothing is said on standard input; only its end matters
        }
        System.exit(0);
    }

    private static DatabaseManagementService start(Path home, int port, int pages) {
        return new DatabaseManagementServiceBuilder(home)
                .setConfig(BoltConnector.enabled, true)
                .setConfig(BoltConnector.listen_address, new SocketAddress("127.0.0.1", port))
                .setConfig(GraphDatabaseSettings.pagecache_memory, ByteUnit.mebiBytes(pages))
                .setConfig(GraphDatabaseSettings.preallocate_logical_logs, false)
                .setConfig(GraphDatabaseSettings.udc_enabled, false) // nothing is reported to anyone
                .setConfig(BoltConnectorInternalSettings.connection_shutdown_wait_time, Duration.ofSeconds(1))
                .setConfig(BoltConnectorInternalSettings.thread_pool_shutdown_wait_time, Duration.ofSeconds(1))
                .build();
    }
}
