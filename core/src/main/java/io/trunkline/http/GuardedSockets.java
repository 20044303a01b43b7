package io.trunkline.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;

/**
 * Sockets that connect to public addresses only. The check stands at the socket, after names are resolved, because a
 * resolver is not asked when the address is written as a number.
 */
final class GuardedSockets extends UnconnectedSockets {

    @Override
    public Socket createSocket() {
        return new Socket() {
            @Override
            public void connect(SocketAddress endpoint, int timeout) throws IOException {
                if (!(endpoint instanceof InetSocketAddress address)
                        || address.getAddress() == null
                        || !PublicAddresses.open(address.getAddress())) {
                    throw new ClosedAddressException();
                }
                super.connect(endpoint, timeout);
            }
        };
    }

    /** The address is not on the open internet. */
    static final class ClosedAddressException extends IOException {

        private static final long serialVersionUID = 1L;

        ClosedAddressException() {
            super("the address is not a public one");
        }
    }
}
