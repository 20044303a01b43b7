package io.trunkline.benchmarks.throughput;

import java.io.IOException;
import java.net.URI;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.Okio;

/** Who loads. */
enum Rival {
    /** The library, the next page being read while the last one is written. */
    TRUNKLINE,
    /** The library on one thread. */
    TRUNKLINE_ONE_THREAD,
    /** OkHttp, Moshi, and JDBC or a writer of CSV by hand. */
    BY_HAND,
    /** Apache Camel, a whole page being one message, spared all that would slow it down. */
    CAMEL,
    /** Apache Camel doing the library's job: records put aside one by one, each page forced to the disk, its place kept. */
    CAMEL_SAME_JOB,
    /** Reads every page and throws it away: what the server can give. */
    SERVER_ALONE;

    Loader open(URI org, Target target) throws Exception {
        return switch (this) {
            case TRUNKLINE -> new TrunklineLoader(org, target.sink(), true);
            case TRUNKLINE_ONE_THREAD -> new TrunklineLoader(org, target.sink(), false);
            case BY_HAND -> new HandWrittenLoader(org, target);
            case CAMEL -> new CamelLoader(org, target, false);
            case CAMEL_SAME_JOB -> new CamelLoader(org, target, true);
            case SERVER_ALONE -> new Drain(org);
        };
    }

    private record Drain(OkHttpClient client, URI org) implements Loader {

        Drain(URI org) {
            this(new OkHttpClient(), org);
        }

        @Override
        public void load() throws IOException {
            int next = 0;
            while (next >= 0) {
                HttpUrl query = HttpUrl.get(org + "services/data/v66.0/queryAll")
                        .newBuilder()
                        .addQueryParameter("q", String.format("Id > '003%012dAAA' LIMIT %d", next, PAGE))
                        .build();
                try (Response response =
                        client.newCall(new Request.Builder().url(query).build()).execute()) {
                    long bytes = response.body().source().readAll(Okio.blackhole());
                    next = bytes < 1_000 ? -1 : next + PAGE;
                }
            }
        }

        @Override
        public void close() {
            client.dispatcher().executorService().shutdown();
        }
    }
}
