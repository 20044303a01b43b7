package io.trunkline.ai;

/** How a conversation ended: one of the codes that were allowed, how sure the model is, and where it comes from. */
public record Disposition(String code, double confidence, Provenance from) {}
