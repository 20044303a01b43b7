package io.trunkline.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trunkline.checks.SourceTree;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HouseRulesTest {

    @Test
    void sources_everyFile_keepTheLengths() {
        assertEquals(List.of(), SourceTree.problems(Path.of("")));
    }
}
