package io.trunkline.ai.openai;

/** How a server is asked to answer in a given form. */
public enum StructuredOutput {
    /** By a JSON schema that the server enforces: OpenAI, vLLM, newer Ollama. */
    JSON_SCHEMA,
    /** By the promise of any JSON object: DeepSeek, Qwen. The form stands in the prompt. */
    JSON_OBJECT,
    /** Not at all: the form stands in the prompt and is hoped for. */
    PROMPT
}
