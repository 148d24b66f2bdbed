package com.redhat.cloud.exports.wire.callers;

import com.redhat.cloud.exports.testing.RawConnection;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An answer on a connection that stays open: its Content-Length says where it ends. */
record Reply(int status, String head, String body) {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: *(\\d+)\r\n");

    static Reply from(RawConnection connection) throws IOException {
        String head = connection.head();
        Matcher length = LENGTH.matcher(head);
        if (!length.find()) {
            throw new AssertionError("no Content-Length: " + head);
        }
        return new Reply(
                Integer.parseInt(head.split(" ", 3)[1]), head, connection.read(Integer.parseInt(length.group(1))));
    }
}
