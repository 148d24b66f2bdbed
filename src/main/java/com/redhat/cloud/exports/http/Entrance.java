package com.redhat.cloud.exports.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.locks.StampedLock;
import org.springframework.stereotype.Component;

/**
 * The way of a request from the filter to the route that serves its path. It can be closed for as long as paths change
 * hands: requests wait outside then, and none is between the two.
 */
@Component
public class Entrance {

    private static final String STAMP = Entrance.class.getName();

    private final StampedLock way = new StampedLock();

    void enter(HttpServletRequest request) {
        request.setAttribute(STAMP, way.readLock());
    }

    /** The request has arrived, or was answered on its way. May be said twice. */
    void leave(HttpServletRequest request) {
        if (request.getAttribute(STAMP) instanceof Long stamp) {
            request.removeAttribute(STAMP);
            way.unlockRead(stamp);
        }
    }

    /** What is done while nobody is on the way. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    public void closedFor(Work work) throws Exception {
        long stamp = way.writeLock();
        try {
            work.run();
        } finally {
            way.unlockWrite(stamp);
        }
    }
}
