package org.bowline.pairing;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.bowline.api.Refusal;
import org.bowline.api.group.Invitation;
import org.bowline.api.group.Standing;
import org.bowline.api.group.Takeover;
import org.bowline.api.identity.HostFacts;
import org.bowline.api.identity.HostId;
import org.bowline.api.pairing.LinkPreview.Check;

/**
 * What two hosts say on {@code pair/1}. Fields are only ever added; a reader ignores what it does
 * not know.
 *
 * <p>To link: {@code hello} -> {@code welcome} (looks, consumes nothing), then {@code prove} ->
 * {@code admitted}. Each of these four carries the MAC of {@link PairMac}. The other words need no
 * token: {@code confirm}, {@code leave}, {@code standing} and {@code takeover} act for the host
 * that the channel's handshake proved.
 */
final class Words {
    /** Reads and writes them; what a later release adds is passed over. */
    static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private Words() {}

    /**
     * What every message is in. The body is kept as text, so that the MAC covers exactly what was
     * sent.
     */
    record Envelope(String kind, String body, byte[] mac) {}

    /** The joining host names a token and itself. */
    record Hello(String token, String group, byte[] nonce, HostFacts facts, boolean looking) {}

    /** The leader tells what would be joined, and what it holds against it. */
    record Welcome(
            byte[] nonce,
            HostFacts facts,
            String group,
            int members,
            long leftMillis,
            List<Verdict> verdicts) {
        Welcome {
            verdicts = verdicts == null ? List.of() : List.copyOf(verdicts);
        }
    }

    /** One rule as the leader judged it; no refusal means that it passed. */
    record Verdict(String title, String detail, String refusal) {
        static Verdict of(Check check) {
            return new Verdict(
                    check.title(),
                    check.detail(),
                    check.failed().map(reason -> reason.refusal().code()).orElse(""));
        }

        Check check() {
            return LinkRules.check(title, detail, refusal.isEmpty(), Refusal.ofCode(refusal));
        }
    }

    /** The joining host goes through with it; its rooms' offers by room. */
    record Prove(Map<String, byte[]> offers) {
        Prove {
            offers = offers == null ? Map.of() : Map.copyOf(offers);
        }
    }

    /** The leader has admitted the host. */
    record Admitted(Invitation invitation) {}

    /** The act was refused. */
    record Refused(String refusal, String detail) {}

    /**
     * A member confirms that it follows, or says that it leaves; the link number tells which
     * membership is meant.
     */
    record Member(String group, long link) {}

    /** Somebody took a group over; answered by {@code done} if the host heeds it. */
    record Shown(Takeover takeover) {}

    /** Where does the asker stand with that group? Answered by a {@link Standing}. */
    record Ask(String group) {}

    /** It was done; nothing more to say. */
    record Done(HostId by) {}
}
