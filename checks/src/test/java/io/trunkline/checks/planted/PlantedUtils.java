package io.trunkline.checks.planted;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.util.logging.Logger;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import okhttp3.OkHttpClient;

/** Breaks nearly all rules at once. */
public class PlantedUtils {

    private static final Logger LOG = Logger.getLogger("planted");

    /** A foreign type in a public signature. */
    public OkHttpClient client() {
        return new OkHttpClient();
    }

    /** Reads Java objects. */
    public Object read(InputStream in) throws IOException, ClassNotFoundException {
        LOG.fine("reading");
        return new ObjectInputStream(in).readObject();
    }

    /** An XML factory as the JDK makes it. */
    public Object xml() throws ParserConfigurationException {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder();
    }
}
