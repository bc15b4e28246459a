package dev.incipit.core.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hold what a key refuses, and that an element does not depend on the tensor's size. */
final class RandomKeyTests {

  private static final RandomKey KEY = RandomKey.of(11);

  @ParameterizedTest
  @CsvSource({"0, 1", "-1, 1", "NaN, 1", "Infinity, Infinity", "1, NaN", "1, 0.09", "1, -2"})
  void refusesTruncatedNormalsThatCannotBeDrawn(float std, float limit) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> KEY.fillTruncatedNormal(Tensor.zeros(3), std, limit));
    assertEquals(
        "truncated normal: std must be positive and finite and limit at least std / 10, but got std "
            + std
            + " and limit "
            + limit
            + "; for narrower cuts draw uniform numbers",
        e.getMessage());
  }

  @Test
  void truncatedNormalsBeginAlikeInTensorsOfAnySize() {
    Tensor few = Tensor.zeros(77);
    Tensor many = Tensor.zeros(50_000);
    KEY.fillTruncatedNormal(few, 1f, 0.5f);
    KEY.fillTruncatedNormal(many, 1f, 0.5f);
    assertTrue(few.bitEquals(many.rows(0, 77)));
  }
}
