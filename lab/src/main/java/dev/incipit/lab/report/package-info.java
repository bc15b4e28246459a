/**
 * Results as files: JSON, CSV, and the record of where they were made.
 *
 * <p>A file is written beside its place and moved there when whole, so that an interrupted run
 * leaves none half-written.
 */
@NullMarked
package dev.incipit.lab.report;

import org.jspecify.annotations.NullMarked;
