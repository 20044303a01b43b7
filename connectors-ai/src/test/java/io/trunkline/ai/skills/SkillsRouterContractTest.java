package io.trunkline.ai.skills;

import io.trunkline.ai.AgentState;
import io.trunkline.ai.Router;
import io.trunkline.testkit.RouterContract;
import io.trunkline.value.TimeSource;
import java.util.List;
import java.util.Map;

final class SkillsRouterContractTest extends RouterContract {

    @Override
    protected Router router(List<AgentState> agents) {
        return new SkillsRouter(() -> agents, Map.of(), TimeSource.system());
    }
}
