package org.bowline.shell.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.shell.output.UsageException;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    @Test
    void anIntegerIsTheCodeAndAllElseIsWell() {
        assertThat(Outcome.of((Object) 5).code()).isEqualTo(5);
        assertThat(Outcome.of("text").code()).isZero();
    }

    @Test
    void aRefusalHasItsOwnCodeAndItsFix() {
        Outcome outcome = Outcome.of(new RefusedException(Refusal.TOKEN_EXPIRED, "12 s ago"));

        assertThat(outcome.code()).isEqualTo(6);
        assertThat(outcome.message())
                .isEqualTo(
                        "The token has expired: 12 s ago\nUse the token that the leader shows now.");
    }

    @Test
    void otherEndsHaveTheCodesOfShells() {
        assertThat(Outcome.of(new UsageException("how?")).code()).isEqualTo(2);
        assertThat(Outcome.of(new InterruptedException()).code()).isEqualTo(130);
        assertThat(Outcome.of(new IOException("disk")).code()).isEqualTo(1);
        assertThat(Outcome.of(new IOException("disk")).message()).contains("disk");
        assertThat(Outcome.of(new InvocationTargetException(new UsageException("how?"))).code())
                .isEqualTo(2);
    }
}
