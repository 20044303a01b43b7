/**
 * Kafka, for those who have outgrown a shared database: {@link io.trunkline.kafka.FeedSourceConnector} reads any change
 * feed as a source of Kafka Connect, {@link io.trunkline.kafka.EventTopic} publishes events of the inbox, {@link
 * io.trunkline.kafka.TopicSink} is where a synchronisation may put records. Every message has an idempotency key.
 */
@NullMarked
package io.trunkline.kafka;

import org.jspecify.annotations.NullMarked;
