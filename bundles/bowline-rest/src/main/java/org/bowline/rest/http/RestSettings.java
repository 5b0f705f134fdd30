package org.bowline.rest.http;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What the operator says of this room: the configuration of PID {@code bowline.rest}. */
@ObjectClassDefinition(name = "Bowline REST and sign-in")
public @interface RestSettings {
    /** The port of Local UI and REST. */
    @AttributeDefinition(name = "Port of Local UI and REST", min = "1", max = "65535")
    int port() default 5080;

    /** The address to listen at. */
    @AttributeDefinition(name = "Address to listen at; 0.0.0.0 means all")
    String bind() default "0.0.0.0";

    /** Further names by which this host may be called. */
    @AttributeDefinition(name = "Further names of this host")
    String[] hostNames() default {};

    /** The provisioned admin. */
    @AttributeDefinition(name = "Name of the first admin; empty asks for a setup code")
    String adminName() default "";

    /** The hash of the provisioned admin's password. */
    @AttributeDefinition(name = "Hash of its password, Argon2id in PHC format")
    String adminPasswordHash() default "";

    /** Provisioned API tokens. */
    @AttributeDefinition(name = "API tokens, each: name role SHA-256 in hex")
    String[] apiTokens() default {};
}
