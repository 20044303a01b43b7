/**
 * Routing by skills, with reasons, in this process: who has the skills and the language, who served the customer before,
 * who has waited longest. It needs no platform and degrades to skills alone when the understanding is not there in time.
 */
@NullMarked
package io.trunkline.ai.skills;

import org.jspecify.annotations.NullMarked;
