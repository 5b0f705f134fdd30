package org.bowline.api.content;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What a content bundle is. */
public enum Kind {
    /** A release of the agent itself. */
    @JsonProperty("agent")
    AGENT,
    /** What a role in a cluster runs. */
    @JsonProperty("provider")
    PROVIDER,
    /** Container images. */
    @JsonProperty("image")
    IMAGE,
    /** A Helm chart. */
    @JsonProperty("chart")
    CHART,
    /** Another OCI artifact. */
    @JsonProperty("artifact")
    ARTIFACT,
    /** Any other file. */
    @JsonProperty("file")
    @JsonEnumDefaultValue
    FILE
}
