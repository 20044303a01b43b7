package io.trunkline.operator;

import io.trunkline.value.Page;
import java.util.Optional;

/** Somewhere that items lie: a queue of the store, or what a synchronisation has put aside. */
interface Place {

    Backlog backlog();

    Page<BacklogItem> pending(Optional<String> cursor, int limit);

    Page<BacklogItem> dead(Optional<String> cursor, int limit);

    Optional<ItemDetail> show(String id);

    boolean retry(String id);

    boolean replay(String id);

    boolean drop(String id);
}
