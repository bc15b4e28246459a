package dev.incipit.init;

import dev.incipit.init.text.Arguments;

/**
 * A family of initializers from outside this module, for the catalogue and {@link
 * Initializer#parse}.
 *
 * <p>It is found through {@link java.util.ServiceLoader}: a module declares {@code provides
 * dev.incipit.init.FamilyProvider with ...}; a jar on the class path names it in {@code
 * META-INF/services}. A family of the library keeps its name: a provider cannot replace it.
 */
public interface FamilyProvider {

  /** Return what the catalogue says about the family, under a name of its own. */
  Family family();

  /**
   * Make a member of the family.
   *
   * @param arguments what the text gives, completed by the family's fallbacks
   * @return the initializer, whose {@link Initializer#toString} is {@link Family#text} of its
   *     values
   * @throws IllegalArgumentException if an argument is missing or out of range
   */
  CustomInitializer make(Arguments arguments);
}
