package com.redhat.cloud.exports.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Calls the service as users and applications do: any replica, again without an answer or after a 5xx. */
final class Clients {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, String> KEY = Map.of("x-rh-exports-psk", Replica.PRE_SHARED_KEY);

    private final List<Replica> replicas;
    private final Ledger ledger;
    private volatile boolean ended;

    Clients(List<Replica> replicas, Ledger ledger) {
        this.replicas = replicas;
        this.ledger = ledger;
    }

    /** Ends all retries. */
    void end() {
        ended = true;
    }

    boolean isEnded() {
        return ended;
    }

    static String identity(int tenant) {
        return Base64.getEncoder()
                .encodeToString(
                        "{\"identity\":{\"org_id\":\"org%d\",\"type\":\"User\",\"user\":{\"username\":\"chaos\"}}}"
                                .formatted(tenant)
                                .getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends a user's request once.
     *
     * @return null without a complete answer
     */
    Http.@Nullable Reply user(
            String method, String path, int tenant, Map<String, String> more, byte @Nullable [] body) {
        var headers = new HashMap<>(more);
        headers.put("x-rh-identity", identity(tenant));
        return once(
                method.toLowerCase(java.util.Locale.ROOT),
                () -> Http.send(method, any().publicApi(path), headers, body));
    }

    /** Retries until the status is below 500; null if the run ends first. */
    Http.@Nullable Reply userUntilAnswered(String method, String path, int tenant) throws InterruptedException {
        for (int attempt = 0; !ended; attempt++) {
            var reply = user(method, path, tenant, Map.of(), null);
            if (reply != null && reply.complete() && reply.status() < 500) {
                return reply;
            }
            pause(attempt);
        }
        return null;
    }

    /**
     * Sends an application's request once.
     *
     * @param pause in the middle of the body, in milliseconds
     * @return null without a complete answer
     */
    Http.@Nullable Reply application(Replica replica, String path, byte[] body, int pause) {
        var what = path.substring(path.lastIndexOf('/') + 1);
        return once(what, () -> Http.send("POST", replica.internalApi(path), KEY, body, pause));
    }

    /** Sends an upload that breaks off in the middle. */
    void breakOff(Replica replica, String path, byte[] body) {
        try {
            Http.breakOff(replica.internalApi(path), KEY, body);
            ledger.count("uploads broken off");
        } catch (IOException brokenAlready) {
            ledger.count("uploads broken off");
        }
    }

    private Http.@Nullable Reply once(String what, Call call) {
        try {
            var reply = call.send();
            ledger.count("%s answered %d".formatted(what, reply.status()));
            return reply;
        } catch (IOException noAnswer) {
            ledger.count(what + " without an answer");
            return null;
        }
    }

    private interface Call {
        Http.Reply send() throws IOException;
    }

    Replica any() {
        return replicas.get(ThreadLocalRandom.current().nextInt(replicas.size()));
    }

    Replica other(Replica one) {
        return replicas.get(0) == one ? replicas.get(1) : replicas.get(0);
    }

    /** Waits longer each time, up to some seconds. */
    static void pause(int attempt) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(Math.min(3000, 200L << Math.min(attempt, 4))
                + ThreadLocalRandom.current().nextInt(200));
    }
}
