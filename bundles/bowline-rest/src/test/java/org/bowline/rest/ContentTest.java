package org.bowline.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.bowline.api.content.Digest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentTest {
    private static final byte[] BYTES = "0123456789".getBytes(StandardCharsets.US_ASCII);

    @TempDir Path data;
    Stage stage;

    @BeforeEach
    void start() throws Exception {
        stage = new Stage(data);
    }

    @AfterEach
    void stop() throws Exception {
        stage.close();
    }

    private HttpResponse<String> put(String path, byte[] bytes) throws Exception {
        return stage.send(stage.as("operator", path).PUT(BodyPublishers.ofByteArray(bytes)));
    }

    private HttpResponse<String> download(String range) throws Exception {
        Digest digest = stage.content.list("a b.tar", BYTES).digest();
        return stage.send(
                stage.as("viewer", "/content/" + digest + "/data").header("Range", range));
    }

    @Test
    void listsContentAndWhoAddedIt() throws Exception {
        stage.content.list("bundle", BYTES);

        var item = Stage.json(stage.get("viewer", "/content")).path("items").get(0);
        var row = Stage.json(stage.get("viewer", "/sync")).path("items").get(0);

        assertThat(item.path("addedBy").asText()).isEqualTo("ann");
        assertThat(item.path("kind").asText()).isEqualTo("file");
        assertThat(row.path("host").asText()).isEqualTo(FakePairing.SELF.value());
        assertThat(row.path("digest").asText()).isEqualTo(item.path("digest").asText());
        assertThat(row.path("state").asText()).isEqualTo("synced");
        assertThat(row.path("percent").asInt()).isEqualTo(100);
    }

    @Test
    void retiresAndRetries() throws Exception {
        Digest digest = stage.content.list("bundle", BYTES).digest();

        assertThat(stage.send("operator", "DELETE", "/content/" + digest, "").statusCode())
                .isEqualTo(204);
        assertThat(Stage.problem(stage.send("operator", "DELETE", "/content/" + digest, "")))
                .isEqualTo("content-unknown");
        assertThat(stage.send("operator", "POST", "/sync/retry", "{}").statusCode()).isEqualTo(204);
        assertThat(stage.content.retries).isEqualTo(1);
    }

    @Test
    void namesADigestThatIsNoneOrUnknown() throws Exception {
        String unknown = "sha256:" + "0".repeat(64);

        assertThat(Stage.problem(stage.get("viewer", "/content/abc")))
                .isEqualTo("content-digest-invalid");
        assertThat(Stage.problem(stage.get("viewer", "/content/" + unknown)))
                .isEqualTo("content-unknown");
        assertThat(Stage.problem(stage.get("viewer", "/content/" + unknown + "/data")))
                .isEqualTo("content-unknown");
    }

    @Test
    void downloadsAllOfIt() throws Exception {
        Digest digest = stage.content.list("a b.tar", BYTES).digest();

        HttpResponse<String> all = stage.get("viewer", "/content/" + digest + "/data");

        assertThat(all.statusCode()).isEqualTo(200);
        assertThat(all.body()).isEqualTo("0123456789");
        assertThat(all.headers().firstValue("ETag")).hasValue("\"" + digest + "\"");
        assertThat(all.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename*=UTF-8''a%20b.tar");
    }

    @Test
    void whatWasSetAsideIsForAdmins() throws Exception {
        Digest digest = stage.content.list("a b.tar", BYTES).digest();
        stage.content.aside.put(digest, stage.content.listed.remove(digest));

        for (String path : List.of("/content/" + digest, "/content/" + digest + "/data")) {
            for (String role : List.of("viewer", "operator", "deployer")) {
                assertThat(Stage.problem(stage.get(role, path))).isEqualTo("forbidden");
            }
            assertThat(stage.get("admin", path).statusCode()).isEqualTo(200);
        }
        assertThat(stage.audit.acts()).hasSize(6);
    }

    @Test
    void downloadsOneRangeOfIt() throws Exception {
        HttpResponse<String> middle = download("bytes=2-4");

        assertThat(middle.statusCode()).isEqualTo(206);
        assertThat(middle.body()).isEqualTo("234");
        assertThat(middle.headers().firstValue("Content-Range")).hasValue("bytes 2-4/10");
        assertThat(download("bytes=7-").body()).isEqualTo("789");
        assertThat(download("bytes=-2").body()).isEqualTo("89");
        assertThat(download("bytes=8-99").body()).isEqualTo("89");
    }

    @Test
    void refusesARangeBehindTheEnd() throws Exception {
        HttpResponse<String> behind = download("bytes=10-");

        assertThat(behind.statusCode()).isEqualTo(416);
        assertThat(behind.headers().firstValue("Content-Range")).hasValue("bytes */10");
        assertThat(behind.body()).isEmpty();
    }

    @Test
    void ignoresRangesThatItDoesNotUnderstand() throws Exception {
        assertThat(download("bytes=0-1,4-5").body()).isEqualTo("0123456789");
        assertThat(download("lines=1-2").statusCode()).isEqualTo(200);
        assertThat(download("bytes=5-2").statusCode()).isEqualTo(200);
    }

    @Test
    void tellsThatContentIsNotWholeHere() throws Exception {
        Digest digest = stage.content.list("bundle", BYTES).digest();
        stage.content.stored.clear();

        assertThat(Stage.problem(stage.get("viewer", "/content/" + digest + "/data")))
                .isEqualTo("content-not-here");
    }

    @Test
    void takesAFileInOneGo() throws Exception {
        HttpResponse<String> taken = put("/uploads/my%20file.tar", BYTES);

        assertThat(taken.statusCode()).isEqualTo(201);
        assertThat(Stage.json(taken).path("name").asText()).isEqualTo("my file.tar");
        assertThat(Stage.json(taken).path("size").asInt()).isEqualTo(10);
        assertThat(taken.headers().firstValue("Location"))
                .hasValue("/api/v1/content/" + FakeContent.digest(BYTES));
        assertThat(put("/uploads?name=again.tar", BYTES).statusCode()).isEqualTo(201);
        assertThat(Stage.problem(put("/uploads", BYTES))).isEqualTo("content-name-invalid");
    }

    @Test
    void checksTheDigestThatTheSenderExpects() throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(BYTES);
        String base64 = Base64.getEncoder().encodeToString(hash);
        HttpRequest.Builder right =
                stage.as("operator", "/uploads/a")
                        .header("Repr-Digest", "sha-256=:" + base64 + ":")
                        .PUT(BodyPublishers.ofByteArray(BYTES));
        HttpRequest.Builder wrong =
                stage.as("operator", "/uploads/b")
                        .header("Digest", "SHA-256=" + base64)
                        .PUT(BodyPublishers.ofByteArray(new byte[3]));

        assertThat(stage.send(right).statusCode()).isEqualTo(201);
        assertThat(Stage.problem(stage.send(wrong))).isEqualTo("checksum-mismatch");
        assertThat(
                        Stage.problem(
                                put("/uploads/c?digest=" + FakeContent.digest(BYTES), new byte[1])))
                .isEqualTo("checksum-mismatch");
        assertThat(stage.content.items()).extracting("name").containsExactly("a");
        assertThat(stage.content.running).isEmpty();
    }

    @Test
    void leavesNothingOfAFileThatBreaksOff() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", stage.port())) {
            OutputStream out = socket.getOutputStream();
            String head =
                    "PUT /api/v1/uploads/half HTTP/1.1\r\nHost: localhost\r\n"
                            + "Authorization: Bearer provisioned-operator\r\n"
                            + "Content-Length: 1000000\r\n\r\n";
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[100_000]);
            out.flush();
            await().until(() -> !stage.content.running.isEmpty());
        }

        await().until(() -> stage.content.running.isEmpty());
        assertThat(stage.content.items()).isEmpty();
    }

    @Test
    void takesAFileInPartsByTus() throws Exception {
        String at = begin();
        assertThat(patch(at, 0, "01234", null).headers().firstValue("Upload-Offset")).hasValue("5");
        assertThat(stage.content.items()).isEmpty();
        HttpResponse<String> half = head(at);
        assertThat(half.headers().firstValue("Upload-Offset")).hasValue("5");
        assertThat(half.headers().firstValue("Upload-Length")).hasValue("10");

        HttpResponse<String> last = patch(at, 5, "56789", null);

        assertThat(last.statusCode()).isEqualTo(204);
        assertThat(last.headers().firstValue("Upload-Offset")).hasValue("10");
        assertThat(stage.content.items()).extracting("name").containsExactly("a b.tar");
        assertThat(stage.content.items().get(0).digest()).isEqualTo(FakeContent.digest(BYTES));
    }

    @Test
    void tellsASenderWhoseLastAnswerWasLostThatItIsDone() throws Exception {
        String at = begin();
        patch(at, 0, "0123456789", null);

        assertThat(head(at).headers().firstValue("Upload-Offset")).hasValue("10");
        assertThat(patch(at, 10, "", null).statusCode()).isEqualTo(204);
        assertThat(stage.content.items()).hasSize(1);
    }

    @Test
    void takesNoByteOfAPartThatIsNotWhatWasSent() throws Exception {
        String at = begin();
        byte[] hash = MessageDigest.getInstance("SHA-256").digest("01234".getBytes());
        String checksum = "sha256 " + Base64.getEncoder().encodeToString(hash);

        HttpResponse<String> wrong = patch(at, 0, "01235", checksum);

        assertThat(wrong.statusCode()).isEqualTo(460);
        assertThat(Stage.problem(wrong)).isEqualTo("checksum-mismatch");
        assertThat(head(at).headers().firstValue("Upload-Offset")).hasValue("0");
        assertThat(patch(at, 0, "01234", checksum).statusCode()).isEqualTo(204);
    }

    @Test
    void refusesAPartThatDoesNotFollow() throws Exception {
        assertThat(Stage.problem(patch(begin(), 3, "x", null))).isEqualTo("upload-offset");
        assertThat(Stage.problem(patch("/uploads/none", 0, "x", null))).isEqualTo("upload-unknown");
    }

    @Test
    void dropsAnUpload() throws Exception {
        String at = begin();

        assertThat(stage.send(stage.as("operator", at).DELETE()).statusCode()).isEqualTo(204);

        assertThat(head(at).statusCode()).isEqualTo(404);
        assertThat(stage.content.running).isEmpty();
    }

    @Test
    void tellsWhatOfTusItSpeaks() throws Exception {
        var options = stage.to("/uploads").method("OPTIONS", BodyPublishers.noBody());

        assertThat(stage.send(options).headers().firstValue("Tus-Extension"))
                .hasValue("creation,termination,checksum");
    }

    private String begin() throws Exception {
        String name = Base64.getEncoder().encodeToString("a b.tar".getBytes());
        HttpResponse<String> begun =
                stage.send(
                        stage.as("operator", "/uploads")
                                .header("Tus-Resumable", "1.0.0")
                                .header("Upload-Length", "10")
                                .header("Upload-Metadata", "filetype eA==,filename " + name)
                                .POST(BodyPublishers.noBody()));
        assertThat(begun.statusCode()).isEqualTo(201);
        return begun.headers().firstValue("Location").orElseThrow().substring("/api/v1".length());
    }

    private HttpResponse<String> patch(String at, long offset, String bytes, String checksum)
            throws Exception {
        var request =
                stage.as("operator", at)
                        .header("Tus-Resumable", "1.0.0")
                        .header("Upload-Offset", Long.toString(offset))
                        .header("Content-Type", "application/offset+octet-stream")
                        .method("PATCH", BodyPublishers.ofString(bytes));
        return stage.send(checksum == null ? request : request.header("Upload-Checksum", checksum));
    }

    private HttpResponse<String> head(String at) throws Exception {
        return stage.send(
                stage.as("operator", at)
                        .header("Tus-Resumable", "1.0.0")
                        .method("HEAD", BodyPublishers.noBody()));
    }
}
