/**
 * What has no fields: attachments, recordings and transcripts, copied as streams to a folder or an object store, with
 * checksums, and gone on with where they broke off.
 */
@NullMarked
package io.trunkline.sync.blob;

import org.jspecify.annotations.NullMarked;
