package org.bowline.rest;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.bowline.api.Refusal;
import org.bowline.rest.http.Json;
import org.bowline.rest.http.Problem;
import org.junit.jupiter.api.Test;

/** That the contract finds what does not keep to it. */
class ContractTest {
    private static final String SCHEMA = "/components/schemas/Problem";
    private final ObjectNode problem =
            Json.mapper().valueToTree(Problem.of(Refusal.NOT_LEADING, "It does not"));

    @Test
    void takesWhatIsWrittenDown() {
        assertThatCode(() -> Contract.check(SCHEMA, problem, "")).doesNotThrowAnyException();
    }

    @Test
    void findsAFieldThatIsMissingOrWrongOrNotWrittenDown() {
        for (ObjectNode wrong :
                new ObjectNode[] {
                    problem.deepCopy().without("fix"),
                    problem.deepCopy().put("status", "409"),
                    problem.deepCopy().put("type", "about:blank"),
                    problem.deepCopy().put("more", 1)
                }) {
            assertThatThrownBy(() -> Contract.check(SCHEMA, wrong, "the answer"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("the answer");
        }
    }

    @Test
    void findsATimeThatIsNone() {
        ObjectNode moved = Json.mapper().createObjectNode().put("at", "yesterday");
        moved.putArray("from");
        moved.putArray("to");

        assertThatThrownBy(() -> Contract.check("/components/schemas/Moved", moved, ""))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("at");
    }
}
