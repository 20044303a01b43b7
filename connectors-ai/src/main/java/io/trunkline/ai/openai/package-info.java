/**
 * OpenAI's interface and those that speak it: DeepSeek, Qwen, vLLM, Ollama. Chat completions with structured output,
 * streaming, and batch transcription; base address and model are settings. Follows
 * platform.openai.com/docs/api-reference. Realtime audio, tools, files and assistants are not covered. Not yet run
 * against the live platforms.
 */
@NullMarked
package io.trunkline.ai.openai;

import org.jspecify.annotations.NullMarked;
