package org.bowline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    @Test
    void optionsOfTheCommandAreTheCommands() {
        Arguments arguments = of("--base", "/srv/a", "link:hosts", "-o", "json", "--help");

        assertThat(arguments.base()).isEqualTo(Path.of("/srv/a"));
        assertThat(arguments.command()).containsExactly("link:hosts", "-o", "json", "--help");
        assertThat(arguments.help()).isFalse();
    }

    @Test
    void withoutACommandASessionIsWanted() {
        assertThat(of("--base=/srv/a").command()).isEmpty();
        assertThat(of("--", "-odd").command()).containsExactly("-odd");
    }

    @Test
    void helpAndVersionNeedNoAgent() {
        assertThat(of("-h").help()).isTrue();
        assertThat(of("--version").version()).isTrue();
    }

    @Test
    void anUnknownOptionIsNamed() {
        assertThatThrownBy(() -> of("--bsae", "x")).hasMessage("unknown option --bsae");
        assertThatThrownBy(() -> of("--base")).hasMessage("--base needs a folder");
    }

    private static Arguments of(String... args) {
        return Arguments.of(args);
    }
}
