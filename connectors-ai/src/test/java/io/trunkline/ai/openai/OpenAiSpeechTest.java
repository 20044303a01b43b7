package io.trunkline.ai.openai;

import io.trunkline.ai.AudioClip;
import io.trunkline.checks.Canary;
import io.trunkline.connector.CommonSettings;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.testkit.RunningPlatform;
import io.trunkline.testkit.TranscriberContract;
import io.trunkline.testkit.platforms.FakeOpenAi;
import io.trunkline.value.Secret;
import java.util.List;

/** Recordings against the fake server. The description at hand does not hold transcriptions, so they are not judged. */
final class OpenAiSpeechTest extends TranscriberContract {

    private final FakeOpenAi server = new FakeOpenAi();

    @Override
    protected RunningPlatform start() {
        server.hears(Canary.text());
        return server.platform();
    }

    @Override
    protected ConnectorSetup setup(RunningPlatform started) {
        return OpenAi.key(Secret.of(Canary.secret()), "gpt-test")
                .with(CommonSettings.BASE_URL, List.of(server.address()));
    }

    @Override
    protected AudioClip recording() {
        return new AudioClip("call.wav", "audio/wav", new byte[] {'R', 'I', 'F', 'F', 0, 0}, "en");
    }
}
