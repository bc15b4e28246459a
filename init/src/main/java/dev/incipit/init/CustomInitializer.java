package dev.incipit.init;

/**
 * An initializer of your own.
 *
 * <p>Implement it as a record, and it serves wherever an {@link Initializer} does. Where no named
 * distribution fits its theory, state the moments with {@link Theory.Moments}. {@link
 * Initializer#parse} knows it if a {@link FamilyProvider} tells of it.
 */
public non-sealed interface CustomInitializer extends Initializer {}
