package io.trunkline.ai.local;

import io.trunkline.connector.ConnectorSetup;
import io.trunkline.testkit.LanguageAnalyzerContract;
import io.trunkline.testkit.RunningPlatform;

/** The embedded analyzer: there is nobody to ask. */
final class LocalAnalyzerTest extends LanguageAnalyzerContract {

    @Override
    protected RunningPlatform start() {
        return RunningPlatform.none();
    }

    @Override
    protected ConnectorSetup setup(RunningPlatform started) {
        return LocalLanguage.embedded();
    }
}
