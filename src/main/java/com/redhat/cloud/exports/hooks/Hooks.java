package com.redhat.cloud.exports.hooks;

import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Adds calls of hooks. A call is added in the transaction of the change that it reports, and made after the commit. Without
 * a subscription nothing is added and no statement runs.
 *
 * <p>A trigger adds the calls for expired exports, whatever statement deletes them.
 */
@Component
public class Hooks {

    private final HookCalls calls;
    private final HookRelay relay;
    private final TransactionOperations transaction;

    Hooks(HookCalls calls, HookRelay relay, TransactionOperations transaction) {
        this.calls = calls;
        this.relay = relay;
        this.transaction = transaction;
    }

    /** Whether any replica has a route for the hook. */
    public boolean isSubscribed(Hook hook) {
        return relay.isSubscribed(hook);
    }

    /** Adds the calls for an export in its present state, in the caller's transaction. */
    public void add(Hook hook, UUID exportId) {
        add(hook, exportId, null);
    }

    /** Adds the calls for a source in its present state, in the caller's transaction. */
    public void add(Hook hook, UUID exportId, @Nullable UUID sourceId) {
        if (isSubscribed(hook)) {
            addCalls(hook, exportId, sourceId);
        }
    }

    /**
     * Makes a change and adds its calls, in one transaction if the hook has subscribers, otherwise in none.
     *
     * @param exports exports that the change may create; those that it does not create get no calls
     */
    public <T> T changeAndAdd(Hook hook, List<UUID> exports, Supplier<T> change) {
        if (!isSubscribed(hook)) {
            return change.get();
        }
        return transaction.execute(_ -> {
            T result = change.get();
            exports.forEach(export -> addCalls(hook, export, null));
            return result;
        });
    }

    private void addCalls(Hook hook, UUID exportId, @Nullable UUID sourceId) {
        calls.add(hook, exportId, sourceId);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                relay.wake();
            }
        });
    }
}
