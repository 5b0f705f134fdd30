package org.bowline.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bowline.api.identity.HostId;
import org.bowline.pairing.TokenMint.Minted;
import org.bowline.pairing.TokenMint.State;
import org.junit.jupiter.api.Test;

class TokenMintTest {
    private static final HostId SELF = new HostId("abcdefghijklmnopqrstuvwxyz");
    private static final HostId OTHER = new HostId("bbcdefghijklmnopqrstuvwxyz");
    private static final long LIFE_NANOS = 120_000_000_000L;

    private final Lan.Time time = new Lan.Time();
    private final TokenMint mint = new TokenMint(new TokenText(), time, time::nanos);

    @Test
    void aTokenLivesForTwoMinutesToTheNanosecond() {
        Minted minted = current();

        time.passNanos(LIFE_NANOS - 1);
        assertThat(current().text()).isEqualTo(minted.text());
        assertThat(mint.left(minted)).isEqualTo(Duration.ofNanos(1));

        time.passNanos(1);
        assertThat(current().text()).isNotEqualTo(minted.text());
        assertThat(mint.find(minted.token().id()).orElseThrow().state()).isEqualTo(State.EXPIRED);
    }

    @Test
    void anotherTokenStandsThereAtOnceAfterUseAndAfterExpiry() {
        String first = current().text();
        mint.use(current().token().id(), OTHER);
        String second = current().text();
        time.pass(120);
        String third = current().text();

        assertThat(List.of(first, second, third)).doesNotHaveDuplicates();
        assertThat(mint.left(current())).isEqualTo(Duration.ofSeconds(120));
    }

    @Test
    void aWallClockThatJumpsForwardEndsATokenEarly() {
        Minted minted = current();

        time.setWall(119);
        assertThat(current().text()).isEqualTo(minted.text());
        time.setWall(1);

        assertThat(current().text()).isNotEqualTo(minted.text());
    }

    @Test
    void aWallClockThatJumpsBackNeverExtendsATokensLife() {
        Minted minted = current();

        time.setWall(-7200);
        time.pass(119);
        assertThat(current().text()).isEqualTo(minted.text());
        time.pass(1);

        assertThat(current().text()).isNotEqualTo(minted.text());
    }

    @Test
    void aTokenIsUsedOnce() {
        String id = current().token().id();

        assertThat(mint.use(id, OTHER)).isTrue();
        assertThat(mint.use(id, OTHER)).isFalse();
        assertThat(mint.use(id, SELF)).isFalse();
        assertThat(mint.find(id).orElseThrow().usedBy()).contains(OTHER);
    }

    @Test
    void anExpiredTokenCannotBeUsed() {
        String id = current().token().id();

        time.pass(120);

        assertThat(mint.use(id, OTHER)).isFalse();
    }

    @Test
    void theCauseOfADeadTokenIsRememberedForFifteenMinutes() {
        String id = current().token().id();
        mint.use(id, OTHER);

        time.pass(15 * 60);
        assertThat(mint.find(id)).isPresent();
        time.passNanos(1);

        assertThat(mint.find(id)).isEqualTo(Optional.empty());
    }

    @Test
    void stoppingKillsTheLiveTokenAtOnce() {
        String id = current().token().id();

        mint.stop();

        assertThat(mint.use(id, OTHER)).isFalse();
        assertThat(mint.find(id).orElseThrow().state()).isEqualTo(State.STOPPED);
    }

    @Test
    void whatIsMintedNeverShowsItself() {
        Minted minted = current();

        assertThat(minted.toString()).doesNotContain(minted.text());
    }

    @Test
    void aTokenThatLeadsToAnAddressOfYesterdayIsReplaced() {
        Minted old = current();

        Minted next = current("192.0.2.11", "abcdefghijklmnop");
        Minted other = current("192.0.2.11", "ponmlkjihgfedcba");

        assertThat(next.token().addresses()).containsExactly("192.0.2.11");
        assertThat(other.token().group()).isEqualTo("ponmlkjihgfedcba");
        assertThat(mint.find(old.token().id()).orElseThrow().state()).isEqualTo(State.REPLACED);
        assertThat(mint.use(old.token().id(), OTHER)).isFalse();
        assertThat(current("192.0.2.11", "ponmlkjihgfedcba").text()).isEqualTo(other.text());
    }

    private Minted current() {
        return current("192.0.2.10", "abcdefghijklmnop");
    }

    private Minted current(String address, String group) {
        return mint.current(
                () ->
                        new Token(
                                List.of(address),
                                Map.of("tls", 5082),
                                group,
                                "",
                                SELF,
                                new byte[0]));
    }
}
