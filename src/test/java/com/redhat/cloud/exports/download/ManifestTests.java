package com.redhat.cloud.exports.download;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.redhat.cloud.exports.download.Manifest.FailedFile;
import com.redhat.cloud.exports.download.Manifest.FileError;
import com.redhat.cloud.exports.download.Manifest.FileMeta;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestTests {

    private static final ReadmeTexts TEXTS = new ReadmeTexts(
            "Export Service",
            "Ask support.",
            List.of(new ReadmeTexts.Link("Docs (all)", URI.create("https://docs.example.com/a_(b)"))));

    @Test
    void keysAndTheirOrderFollowTheContract() {
        assertThat(new String(partial().toJson(), UTF_8)).isEqualTo("""
                {"exported_by":"alice","export_date":"2024-09-12T12:27:00Z","export_org_id":"o1","file_meta":[\
                {"filename":"1.json","application":"a","resource":"r","filters":{"k": 1.10},"size":17,"sha256":"abc"},\
                {"filename":"2.json","application":"b","resource":"s","filters":null,"size":0,"sha256":"def","bom":true,"delimiter":";"}],\
                "failed_files":[{"filename":"3.json","application":"c","resource":"t",\
                "error":{"code":"-404","message":"not \\"found\\""}}],"help_string":"Ask support."}""");
    }

    @Test
    void withoutFailuresThereIsNoListOfThem() {
        var complete = new Manifest("alice", Instant.EPOCH, "o1", partial().fileMeta(), List.of(), "Ask support.");

        assertThat(new String(complete.toJson(), UTF_8)).contains("\"delimiter\":\";\"}],\"help_string\":");
        assertThat(ManifestReadme.render(complete, TEXTS)).doesNotContain("Missing files");
    }

    @Test
    void whenNothingWasDeliveredTheListOfFilesIsEmpty() {
        var failed =
                new Manifest("alice", Instant.EPOCH, "o1", List.of(), partial().failedFiles(), "Ask support.");

        assertThat(new String(failed.toJson(), UTF_8)).contains("\"file_meta\":[],\"failed_files\":[{");
        assertThat(ManifestReadme.render(failed, TEXTS))
                .contains("\n## Files\n\nNo file could be delivered.\n\n## Miss");
    }

    @Test
    void theReadmeHasTheSameFacts() {
        assertThat(ManifestReadme.render(partial(), TEXTS)).isEqualTo("""
                # Export Service: your export

                - Exported by: `alice`
                - Organization: `o1`
                - Requested at: `2024-09-12T12:27:00Z`

                ## Files

                ### `1.json`

                - Application: `a`
                - Resource: `r`
                - Filters: `{"k": 1.10}`
                - Size: 17 bytes
                - SHA-256: `abc`

                ### `2.json`

                - Application: `b`
                - Resource: `s`
                - Filters: none
                - Size: 0 bytes
                - SHA-256: `def`

                ## Missing files

                The applications that hold this data reported an error instead of delivering it.

                ### `3.json`

                - Application: `c`
                - Resource: `t`
                - Error code: -404
                - Error message: `not "found"`

                ## Help

                Ask support.

                - [Docs (all)](<https://docs.example.com/a_(b)>)
                """);
    }

    @Test
    void withoutLinksTheReadmeEndsWithTheHelp() {
        assertThat(ManifestReadme.render(partial(), new ReadmeTexts("Export Service", "Ask support.", List.of())))
                .endsWith("\n## Help\n\nAsk support.\n");
    }

    static List<Arguments> hostileTexts() {
        return List.of(
                arguments("a\n# b", "`a # b`"),
                arguments("\r\n- a", "`- a`"),
                arguments("a\u2028b\u2029c\u0000d\te\u202Ef\u0085g", "`a b c d e f g`"),
                arguments("<script>alert(1)</script>", "`<script>alert(1)</script>`"),
                arguments("| a | b |", "`| a | b |`"),
                arguments("[a](http://b) ![c](d) **e** \\", "`[a](http://b) ![c](d) **e** \\`"),
                arguments("`", "`` ` ``"),
                arguments("a`b``c", "``` a`b``c ```"),
                arguments("```\n# a", "```` ``` # a ````"),
                arguments(" \n ", "none"),
                arguments("", "none"));
    }

    @ParameterizedTest
    @MethodSource("hostileTexts")
    void textFromUsersStaysWithinItsLine(String text, String shown) {
        String plain = ManifestReadme.render(withTexts("text"), TEXTS);

        assertThat(ManifestReadme.render(withTexts(text), TEXTS)).isEqualTo(plain.replace("`text`", shown));
        assertThat(plain.split("`text`", -1)).hasSize(9); // eight places where a text stands
    }

    private static Manifest partial() {
        return new Manifest(
                "alice",
                Instant.parse("2024-09-12T12:27:00.999999Z"),
                "o1",
                List.of(
                        new FileMeta("1.json", "a", "r", "{\"k\": 1.10}", 17, "abc", false, ","),
                        new FileMeta("2.json", "b", "s", null, 0, "def", true, ";")),
                List.of(new FailedFile("3.json", "c", "t", new FileError(-404, "not \"found\""))),
                "Ask support.");
    }

    private static Manifest withTexts(String text) {
        return new Manifest(
                text,
                Instant.EPOCH,
                text,
                List.of(new FileMeta("1.json", text, text, text, 17, "abc", false, null)),
                List.of(new FailedFile("2.json", text, text, new FileError(1, text))),
                "Ask support.");
    }
}
