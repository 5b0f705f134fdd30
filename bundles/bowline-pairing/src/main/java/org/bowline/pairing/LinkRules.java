package org.bowline.pairing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bowline.api.Refusal;
import org.bowline.api.identity.DeploymentMode;
import org.bowline.api.identity.HostFacts;
import org.bowline.api.pairing.LinkPreview.Check;
import org.bowline.api.pairing.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which two hosts may be linked, judged by both of them from what each says of itself.
 */
final class LinkRules {
    private LinkRules() {}

    /**
     * Every rule on a leader and a host that wants to join it, in the order in which they are
     * judged.
     */
    static List<Check> judge(HostFacts leader, HostFacts joining) {
        List<Check> checks = new ArrayList<>();
        checks.add(
                check(
                        "Same deployment mode",
                        both(word(leader.deploymentMode()), word(joining.deploymentMode())),
                        leader.deploymentMode() == joining.deploymentMode(),
                        Refusal.DEPLOYMENT_MODE_DIFFERS));
        if (leader.deploymentMode() == DeploymentMode.AGENT) {
            String leaderOs = leader.osId() + " " + leader.osVersionId();
            String joiningOs = joining.osId() + " " + joining.osVersionId();
            checks.add(
                    check(
                            "Same operating system",
                            both(leaderOs, joiningOs),
                            leaderOs.equals(joiningOs),
                            Refusal.OS_DIFFERS));
        }
        checks.add(
                check(
                        "Multi-node enabled",
                        both(onOff(leader.multiNode()), onOff(joining.multiNode())),
                        leader.multiNode() && joining.multiNode(),
                        Refusal.MULTI_NODE_DISABLED));
        checks.add(
                check(
                        "Installation mode airgap",
                        both(leader.installationMode(), joining.installationMode()),
                        leader.airgap() && joining.airgap(),
                        Refusal.NOT_AIRGAP));
        checks.add(
                check(
                        "Agents work together",
                        both(leader.version(), joining.version()),
                        major(leader.version()).equals(major(joining.version())),
                        Refusal.VERSION_INCOMPATIBLE));
        checks.add(
                check(
                        "No cluster workload",
                        joining.workload().isEmpty()
                                ? "none on " + joining.name()
                                : joining.workload() + " on " + joining.name(),
                        joining.workload().isEmpty(),
                        Refusal.HAS_WORKLOAD));
        return checks;
    }

    /**
     * What of its own description keeps a host from any link: the same rules for leading and for
     * joining.
     */
    static Optional<Reason> alone(HostFacts facts) {
        if (!facts.multiNode()) {
            return Optional.of(
                    new Reason(
                            Refusal.MULTI_NODE_DISABLED,
                            "stylus.enableMultiNode is off on " + facts.name()));
        }
        if (!facts.airgap()) {
            return Optional.of(
                    new Reason(
                            Refusal.NOT_AIRGAP,
                            "stylus.installationMode is \""
                                    + facts.installationMode()
                                    + "\" on "
                                    + facts.name()));
        }
        return Optional.empty();
    }

    /** Whether all is there that the rules are judged by; another host may leave something out. */
    static boolean isWhole(@Nullable HostFacts facts) {
        return facts != null
                && facts.version() != null
                && facts.deploymentMode() != null
                && facts.osId() != null
                && facts.osVersionId() != null
                && facts.installationMode() != null;
    }

    static Check check(String title, String detail, boolean passed, Refusal refusal) {
        return new Check(
                title,
                detail,
                passed ? Optional.empty() : Optional.of(new Reason(refusal, detail)));
    }

    private static String both(String leader, String joining) {
        return leader.equals(joining) ? leader : "leader " + leader + ", joining host " + joining;
    }

    private static String word(DeploymentMode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }

    private static String major(String version) {
        return version.replaceFirst("\\..*", "");
    }
}
