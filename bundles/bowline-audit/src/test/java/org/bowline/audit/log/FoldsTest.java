package org.bowline.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bowline.api.Actor;
import org.bowline.api.audit.Act;
import org.junit.jupiter.api.Test;

class FoldsTest {
    private long nanos = Long.MAX_VALUE - 5; // the clock may wrap on the way
    private final Folds folds = new Folds(() -> nanos);

    private static Act refused(String actor, String subject) {
        return Act.refused(new Actor(actor, "rest"), "session.open", subject, "wrong", "No.");
    }

    private void pass(long seconds) {
        nanos += TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void whatWasDoneIsNeverFolded() {
        for (int i = 0; i < 1000; i++) {
            assertThat(folds.admit(Bench.act("the same"))).isTrue();
        }
        pass(10);

        assertThat(folds.due()).isEmpty();
    }

    @Test
    void theFirstRefusalIsWrittenAndTheNextAreCounted() {
        assertThat(folds.admit(refused("anna", ""))).isTrue();
        for (int i = 0; i < 41; i++) {
            assertThat(folds.admit(refused("anna", ""))).isFalse();
        }
        pass(9);
        assertThat(folds.due()).isEmpty();

        pass(1);

        assertThat(folds.due())
                .containsExactly(
                        new Act(
                                new Actor("anna", "rest"),
                                "session.open",
                                "",
                                Act.Outcome.REFUSED,
                                "wrong",
                                "41 more times within 10 s"));
        assertThat(folds.due()).isEmpty();
        assertThat(folds.admit(refused("anna", ""))).isTrue();
    }

    @Test
    void oneRefusalAloneGivesOneLine() {
        folds.admit(refused("anna", ""));
        pass(10);

        assertThat(folds.due()).isEmpty();
    }

    @Test
    void otherActorsSubjectsAndCausesAreOtherLines() {
        assertThat(folds.admit(refused("anna", "a"))).isTrue();
        assertThat(folds.admit(refused("bert", "a"))).isTrue();
        assertThat(folds.admit(refused("anna", "b"))).isTrue();
        assertThat(folds.admit(Act.refused(Bench.ANNA, "session.open", "a", "locked", "No.")))
                .isTrue();
    }

    @Test
    void aFloodOfDifferentSubjectsIsFoldedToo() {
        long written =
                IntStream.range(0, 100_000)
                        .filter(i -> folds.admit(refused("anna", "user " + i)))
                        .count();
        pass(10);
        List<Act> lines = folds.due();

        assertThat(written).isEqualTo(Folds.MOST);
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0).actor()).isEqualTo(Actor.SYSTEM);
        assertThat(lines.get(0).detail())
                .isEqualTo("99968 more times within 10 s, by several or on several");
        assertThat(folds.admit(refused("anna", "user 1"))).isTrue();
    }

    @Test
    void aFloodOfADayGivesFewLines() {
        long lines = 0;
        for (int second = 0; second < 86_400; second++) {
            for (int i = 0; i < 4; i++) {
                lines += folds.admit(refused("host " + second + " " + i, "address")) ? 1 : 0;
            }
            lines += folds.due().size();
            pass(1);
        }

        assertThat(lines).isBetween((long) Folds.A_DAY, 600L);
        assertThat(folds.admit(Bench.act("done"))).isTrue();
        pass(600);
        assertThat(folds.admit(refused("anna", "of the next day"))).isTrue();
    }

    @Test
    void whatWasCountedIsWrittenAtTheEnd() {
        folds.admit(refused("anna", ""));
        folds.admit(refused("anna", ""));

        assertThat(folds.all()).extracting(Act::detail).containsExactly("1 more time within 10 s");
    }
}
