/**
 * The commands: options in, words and exit codes out.
 *
 * <p>A command reads its options, lets an experiment run, and has the results printed and written.
 * The only package that names picocli. Start at {@link dev.incipit.lab.command.Incipit}.
 */
@NullMarked
package dev.incipit.lab.command;

import org.jspecify.annotations.NullMarked;
