package io.trunkline.ai;

/** The language of a text as an ISO 639-1 code such as {@code en} or {@code zh}, how sure the model is, and where from. */
public record DetectedLanguage(String code, double confidence, Provenance from) {}
