package dev.incipit.core.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.kernel.Workers;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.ShapeMismatchException;
import dev.incipit.core.tensor.Tensor;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hold the factorization to its definition, and its bits to every width and number of threads.
 *
 * <p>Each reflection is orthogonal to within a few roundings, which add up like a random walk over
 * the columns: so {@code 4 sqrt(columns) 2^-24} is a limit that only a fault breaks, 7.6e-6 at
 * 1,000 columns.
 */
@Tag("width")
final class HouseholderQrTests {

  private static final int THREADS = Workers.threads();

  private static final RandomKey KEY = RandomKey.of(1958);

  @AfterEach
  void restore() {
    Workers.setThreads(THREADS);
  }

  /**
   * Shapes on both sides of the strip of 16 and the panel of 64 columns, and of sizes that threads
   * share.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "2, 1",
    "100, 1",
    "2, 2",
    "3, 2",
    "31, 31",
    "32, 32",
    "33, 33",
    "17, 16",
    "80, 79",
    "128, 128",
    "40, 32",
    "64, 64",
    "65, 33",
    "97, 96",
    "200, 3",
    "300, 129",
    "500, 450"
  })
  void factorsIntoOrthonormalColumnsAndAnUpperTriangle(int rows, int columns) {
    Tensor a = normal(rows, columns);
    HouseholderQr qr = HouseholderQr.of(a);
    Tensor q = qr.q();
    Tensor r = qr.r();
    assertEquals(Shape.of(rows, columns), q.shape());
    assertEquals(Shape.of(columns, columns), r.shape());
    double unit = 4 * Math.sqrt(columns) * 0x1p-24;
    assertTrue(orthogonalityError(q) <= unit, () -> "off by " + orthogonalityError(q));
    Tensor around = Tensor.full(Shape.of(rows + 2, columns), 7f);
    qr.q(around.rows(1, rows + 1));
    assertTrue(around.rows(1, rows + 1).bitEquals(q));
    assertEquals(14f * columns, around.row(0).sum() + around.row(rows + 1).sum());
    assertThrows(ShapeMismatchException.class, () -> qr.q(around));
    assertTrue(qr.r().bitEquals(r));
    around.rows(1, rows + 1).copyFrom(a);
    assertTrue(HouseholderQr.orthonormalize(around.rows(1, rows + 1)).bitEquals(qr.diagonal()));
    assertTrue(around.rows(1, rows + 1).bitEquals(q));
    assertEquals(14f * columns, around.row(0).sum() + around.row(rows + 1).sum());
    // A column of a has length sqrt(rows), and its error is shared by as many numbers.
    Tensor error = q.matmul(r).sub(a);
    for (int i = 0; i < error.size(); i++) {
      assertEquals(0, error.array()[i], 16 * unit, "q r is not a");
    }
    for (int i = 0; i < columns; i++) {
      assertEquals(r.get(i, i), qr.diagonal().get(i));
      for (int j = 0; j < i; j++) {
        assertEquals(0f, r.get(i, j));
      }
    }
  }

  @Test
  void leavesAnUpperTriangleAsItIs() {
    Tensor a = Tensor.matrix(new float[] {-2, 3}, new float[] {0, 5}, new float[] {0, 0});
    HouseholderQr qr = HouseholderQr.of(a);
    assertTrue(qr.r().bitEquals(a.rows(0, 2).copy()), qr.r()::toString);
    assertTrue(
        qr.q().bitEquals(Tensor.matrix(new float[] {1, 0}, new float[] {0, 1}, new float[2])));
  }

  /** 3-4-5: norms and quotients come out exact. */
  @Test
  void agreesWithAComputationByHand() {
    HouseholderQr qr = HouseholderQr.of(Tensor.matrix(new float[] {3}, new float[] {4}));
    assertEquals(-5f, qr.r().item());
    assertEquals(-0.6f, qr.q().get(0, 0), 0x1p-24f);
    assertEquals(-0.8f, qr.q().get(1, 0), 0x1p-24f);
  }

  @ParameterizedTest
  @ValueSource(floats = {1e-30f, 1e30f})
  void keepsExtremeScales(float scale) {
    HouseholderQr qr = HouseholderQr.of(normal(50, 40).mul(scale));
    assertTrue(orthogonalityError(qr.q()) <= 4 * Math.sqrt(40) * 0x1p-24);
    assertTrue(Float.isFinite(qr.r().max()) && qr.r().max() > 0);
  }

  @Test
  void findsOrthonormalColumnsWhereTheMatrixHasNone() {
    Tensor dependent = Tensor.full(Shape.of(70, 50), 0.1f);
    assertTrue(orthogonalityError(HouseholderQr.of(dependent).q()) <= 4 * Math.sqrt(50) * 0x1p-24);
    HouseholderQr zeros = HouseholderQr.of(Tensor.zeros(5, 3));
    assertEquals(0, orthogonalityError(zeros.q()));
    assertTrue(zeros.r().bitEquals(Tensor.zeros(3, 3)));
  }

  @Test
  void leavesTheOperandAndReadsViews() {
    Tensor whole = normal(60, 20);
    Tensor before = whole.copy();
    HouseholderQr view = HouseholderQr.of(whole.rows(10, 50));
    assertTrue(view.q().bitEquals(HouseholderQr.of(whole.rows(10, 50).copy()).q()));
    assertTrue(whole.bitEquals(before));
  }

  @Test
  void passesNanOn() {
    Tensor a = normal(5, 3);
    a.set(Float.NaN, 2, 0);
    assertFalse(Float.isFinite(HouseholderQr.of(a).q().sum()));
  }

  @Test
  void factorsEmptyMatrices() {
    for (int rows : new int[] {0, 5}) {
      HouseholderQr qr = HouseholderQr.of(Tensor.zeros(rows, 0));
      assertEquals(Shape.of(rows, 0), qr.q().shape());
      assertEquals(Shape.of(0, 0), qr.r().shape());
    }
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    Tensor a = normal(307, 203);
    Workers.setThreads(1);
    HouseholderQr alone = HouseholderQr.of(a);
    Tensor q = alone.q();
    for (int threads = 2; threads <= 4; threads++) {
      Workers.setThreads(threads);
      HouseholderQr together = HouseholderQr.of(a);
      assertTrue(alone.r().bitEquals(together.r()));
      assertTrue(q.bitEquals(together.q()));
    }
  }

  /** The SHA-256 of q [131, 67] as big-endian floats, at every width. */
  @Test
  void givesTheSameBitsEverywhere() throws NoSuchAlgorithmException {
    float[] q = HouseholderQr.of(normal(131, 67)).q().toArray();
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * q.length);
    bytes.asFloatBuffer().put(q);
    assertEquals(
        "3187c8ec7fd9b21af7898504200c5f67c4c5d4b88dcf56069c8902dff8edc997",
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array())));
  }

  @Test
  void rejectsWideMatricesAndOtherRanks() {
    for (Shape shape : new Shape[] {Shape.of(2, 3), Shape.of(4), Shape.of(2, 2, 2)}) {
      Exception e =
          assertThrows(ShapeMismatchException.class, () -> HouseholderQr.of(Tensor.zeros(shape)));
      assertEquals(
          "qr: the operand must be a matrix with at least as many rows as columns, but got "
              + shape
              + "; reshape or transpose it",
          e.getMessage());
    }
  }

  private static Tensor normal(int rows, int columns) {
    Tensor result = Tensor.zeros(rows, columns);
    KEY.fillNormal(result, 0, 1);
    return result;
  }

  /** Return the largest error of {@code q^T q - I}, summed in double. */
  private static double orthogonalityError(Tensor q) {
    Tensor columns = q.transpose();
    double worst = 0;
    for (int i = 0; i < columns.extent(0); i++) {
      float[] left = columns.row(i).toArray();
      for (int j = i; j < columns.extent(0); j++) {
        double dot = i == j ? -1 : 0;
        for (int k = 0; k < left.length; k++) {
          dot += (double) left[k] * columns.array()[j * left.length + k];
        }
        worst = Math.max(worst, Math.abs(dot));
      }
    }
    return worst;
  }
}
