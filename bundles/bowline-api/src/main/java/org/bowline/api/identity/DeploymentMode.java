package org.bowline.api.identity;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a host was provisioned. */
public enum DeploymentMode {
    /** The whole machine, operating system included, comes as one image. */
    @JsonProperty("appliance")
    APPLIANCE,
    /** The agent was installed on an existing operating system. */
    @JsonProperty("agent")
    AGENT
}
