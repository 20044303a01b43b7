package io.trunkline.checks;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPLogger;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** The logging of test runs: everything is kept, nothing is written. */
public final class CapturingProvider implements SLF4JServiceProvider {

    private final Map<String, Logger> loggers = new ConcurrentHashMap<>();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter context = new NOPMDCAdapter();

    /** Made by slf4j. */
    public CapturingProvider() {}

    /** One logger a name. */
    @Override
    public ILoggerFactory getLoggerFactory() {
        return name -> loggers.computeIfAbsent(name, CapturingProvider::logger);
    }

    /** ArchUnit tells of every class it reads: hundreds of thousands of lines that concern nobody. */
    private static Logger logger(String name) {
        return name.startsWith("com.tngtech.") ? NOPLogger.NOP_LOGGER : new CapturingLogger(name);
    }

    /** Plain markers. */
    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    /** No context. */
    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }

    /** The version of slf4j that this fits. */
    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    /** Nothing to prepare. */
    @Override
    public void initialize() {}
}
