package io.trunkline.http;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import okhttp3.Response;

/**
 * Keeps a connection whose server speaks HTTP/1.0 from being used again, which OkHttp would do: such a server closes after
 * its answer, and perhaps only after it has cleaned up, so that the next request would be sent into nothing and its outcome
 * not be known. A connection half closed counts as spent. Not over TLS, where half closing may cut the answer short.
 */
final class SingleUse implements Interceptor {

    @Override
    public Response intercept(Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        boolean kept = "keep-alive".equalsIgnoreCase(response.header("Connection"));
        Connection connection = chain.connection();
        if (response.protocol() == Protocol.HTTP_1_0 && !kept && connection != null) {
            spend(connection.socket());
        }
        return response;
    }

    private static void spend(Socket socket) {
        if (!(socket instanceof SSLSocket)) {
            try {
                socket.shutdownOutput();
            } catch (IOException e) {
                // The server was faster.
            }
        }
    }
}
