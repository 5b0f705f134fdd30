package org.bowline.audit;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How much of the audit log this host keeps: PID {@value #PID}, optional. */
@ObjectClassDefinition(
        name = "Bowline audit",
        description = "How much of the audit log this host keeps")
public @interface AuditSettings {
    String PID = "bowline.audit";

    @AttributeDefinition(name = "Bytes of one file", min = "65536")
    long file_bytes() default 8 << 20;

    @AttributeDefinition(
            name = "Files that are kept",
            description = "The oldest is deleted when a new one is begun, and a line says so.",
            min = "2")
    int files() default 16;
}
