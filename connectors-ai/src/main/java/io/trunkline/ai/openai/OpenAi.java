package io.trunkline.ai.openai;

import io.trunkline.ai.LanguageAnalyzer;
import io.trunkline.ai.Transcriber;
import io.trunkline.auth.Credentials;
import io.trunkline.connector.Category;
import io.trunkline.connector.CommonSettings;
import io.trunkline.connector.ConnectionCheck;
import io.trunkline.connector.Connector;
import io.trunkline.connector.ConnectorDescriptor;
import io.trunkline.connector.ConnectorProvider;
import io.trunkline.connector.ConnectorRuntime;
import io.trunkline.connector.ConnectorSettings;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.connector.CredentialKind;
import io.trunkline.connector.OpenConnector;
import io.trunkline.connector.Setting;
import io.trunkline.http.Authorizer;
import io.trunkline.http.HttpConnection;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Secret;
import java.net.URI;

/** Any server that speaks OpenAI's interface. */
public final class OpenAi implements ConnectorProvider {

    /** The key; servers of one's own often want none. */
    public static final Setting<Secret> API_KEY =
            Setting.secret("api-key", "API key, if the server wants one.").optional();

    /** The model that reads and writes. */
    public static final Setting<String> MODEL = Setting.text("model", "Model for language, as the server names it.");

    /** The model that listens. */
    public static final Setting<String> SPEECH_MODEL = Setting.text(
                    "speech-model", "Model for transcription, as the server names it.")
            .defaultsTo("gpt-transcribe");

    /** How the server is asked for a given form. */
    public static final Setting<StructuredOutput> STRUCTURED = Setting.choice(
                    "structured-output", StructuredOutput.class, "How the server is asked to answer in a given form.")
            .defaultsTo(StructuredOutput.JSON_SCHEMA);

    /** Further fields of each request to the model. */
    public static final Setting<String> REQUEST_FIELDS = Setting.of(
                    "request-fields",
                    String.class,
                    OpenAiRequestFields::checked,
                    "Further fields of each request as a JSON object, such as {\"enable_thinking\": false}; null leaves a"
                            + " field out, as {\"temperature\": null} for models that refuse it.")
            .defaultsTo("{}");

    private static final ConnectorDescriptor DESCRIPTOR = ConnectorDescriptor.builder(
                    "openai", "OpenAI-compatible", Category.AI)
            .settings(MODEL, API_KEY, SPEECH_MODEL, STRUCTURED, REQUEST_FIELDS)
            .settings(CommonSettings.transport())
            .credentials(CredentialKind.BEARER, CredentialKind.NONE)
            .capabilities(
                    LanguageAnalyzer.SENTIMENT,
                    LanguageAnalyzer.INTENT,
                    LanguageAnalyzer.ENTITIES,
                    LanguageAnalyzer.SUMMARY,
                    LanguageAnalyzer.STREAM,
                    LanguageAnalyzer.DISPOSITION,
                    LanguageAnalyzer.DETECT,
                    Transcriber.BATCH)
            .documentation("https://platform.openai.com/docs/api-reference")
            .build();

    /** Made by discovery or by the application. */
    public OpenAi() {}

    /** OpenAI itself. */
    public static ConnectorSetup key(Secret apiKey, String model) {
        return ConnectorSetup.of(new OpenAi()).with(API_KEY, apiKey).with(MODEL, model);
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Connector open(ConnectorSettings settings, ConnectorRuntime runtime) {
        settings.check(DESCRIPTOR, runtime.connection());
        HttpConnection http = runtime.http()
                .connect(CommonSettings.http(settings, runtime, URI.create("https://api.openai.com/v1/"))
                        .authorizer(
                                settings.find(API_KEY).map(Credentials::bearer).orElseGet(Authorizer::none))
                        .errors(new OpenAiErrors())
                        .rateReader(new OpenAiQuota())
                        .build());
        OpenAiApi api = http.api(OpenAiApi.class);
        OpenAiChat chat = new OpenAiChat(runtime, api, settings);
        return OpenConnector.of(DESCRIPTOR)
                .http(http)
                .offer(
                        ConnectionCheck.class,
                        options -> api.models().execute(options).shown())
                .offer(LanguageAnalyzer.class, new OpenAiLanguage(chat, CallOptions.DEFAULT))
                .offer(Transcriber.class, new OpenAiSpeech(runtime, api, settings, CallOptions.DEFAULT))
                .build();
    }
}
