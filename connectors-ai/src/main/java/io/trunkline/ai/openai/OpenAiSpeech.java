package io.trunkline.ai.openai;

import io.trunkline.ai.AudioClip;
import io.trunkline.ai.Provenance;
import io.trunkline.ai.Segment;
import io.trunkline.ai.Transcriber;
import io.trunkline.ai.Transcript;
import io.trunkline.connector.Capability;
import io.trunkline.connector.ConnectorRuntime;
import io.trunkline.connector.ConnectorSettings;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.ProtocolException;
import io.trunkline.value.CallOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;

/** Transcription of recordings of at most 25 MB. */
final class OpenAiSpeech implements Transcriber {

    private static final int LARGEST = 25_000_000;

    private final ConnectorRuntime runtime;
    private final OpenAiApi api;
    private final ConnectorSettings settings;
    private final CallOptions options;

    OpenAiSpeech(ConnectorRuntime runtime, OpenAiApi api, ConnectorSettings settings, CallOptions options) {
        this.runtime = runtime;
        this.api = api;
        this.settings = settings;
        this.options = options;
    }

    @Override
    public String connection() {
        return runtime.connection();
    }

    @Override
    public Set<Capability> capabilities() {
        return new OpenAi().descriptor().capabilitiesOf("speech");
    }

    @Override
    public Transcriber with(CallOptions value) {
        return new OpenAiSpeech(runtime, api, settings, value);
    }

    @Override
    public Transcript transcribe(AudioClip clip) {
        if (clip.content().length == 0 || clip.content().length > LARGEST) {
            throw new IllegalArgumentException("a recording must have 1 to " + LARGEST + " bytes");
        }
        if (!clip.name().matches("[\\w.-]{1,100}\\.[a-z0-9]{2,4}")
                || !clip.language().matches("[a-z]{2}")) {
            throw new IllegalArgumentException("a recording needs a file name with its ending and a language code");
        }
        boolean oneLine = clip.contentType().chars().noneMatch(Character::isISOControl);
        if (!oneLine || MediaType.parse(clip.contentType()) == null) {
            throw new IllegalArgumentException("a recording needs a media type such as audio/wav");
        }
        long start = runtime.time().nanos();
        String model = settings.get(OpenAi.SPEECH_MODEL);
        OpenAiWire.Transcription heard = api.transcribe(form(clip, model)).execute(options);
        String text = heard.text();
        if (text == null) {
            throw new ProtocolException(
                    "the answer holds no text",
                    ErrorContext.of(connection(), "openai.transcribe", ErrorKind.PROTOCOL),
                    null);
        }
        Duration took = Duration.ofNanos(runtime.time().nanos() - start);
        Segment all = new Segment(0, 0, true, text, Duration.ZERO, Duration.ZERO, 1);
        OpenAiWire.Usage usage = heard.usage();
        return new Transcript(
                List.of(all),
                usage == null
                        ? new Provenance(model, took, 0, 0, false)
                        : new Provenance(model, took, usage.read(), usage.written(), false));
    }

    private static List<MultipartBody.Part> form(AudioClip clip, String model) {
        RequestBody audio = RequestBody.create(clip.content(), MediaType.parse(clip.contentType()));
        return List.of(
                MultipartBody.Part.createFormData("model", model),
                MultipartBody.Part.createFormData("language", clip.language()),
                MultipartBody.Part.createFormData("response_format", "json"),
                MultipartBody.Part.createFormData("file", clip.name(), audio));
    }
}
