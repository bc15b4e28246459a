package dev.incipit.core.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hold the generator to its authors' vectors, and the streams to bits that never change. */
final class ThreefryTests {

  private static final long KEY0 = 0x0123_4567_89ab_cdefL;
  private static final long KEY1 = 0xfedc_ba98_7654_3210L;

  /** The lines {@code threefry4x32 20} of kat_vectors in Random123: counter, key, output. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 "
            + "9c6ca96a e17eae66 fc10ecd4 5256a7d8",
        "ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff "
            + "2a881696 57012287 f6c7446e a16a6732",
        "243f6a88 85a308d3 13198a2e 03707344 a4093822 299f31d0 082efa98 ec4e6c89 "
            + "59cd1dbb b8879579 86b5d00c ac8b6d84",
      })
  void reproducesThePublishedVectors(String line) {
    int[] v =
        Arrays.stream(line.split(" "))
            .mapToInt(word -> Integer.parseUnsignedInt(word, 16))
            .toArray();
    long key0 = (v[4] & 0xffff_ffffL) | (long) v[5] << 32;
    long key1 = (v[6] & 0xffff_ffffL) | (long) v[7] << 32;
    long lower = Threefry.encrypt(key0, key1, v[0], v[1], v[2], v[3], false);
    long upper = Threefry.encrypt(key0, key1, v[0], v[1], v[2], v[3], true);
    assertArrayEquals(
        Arrays.copyOfRange(v, 8, 12),
        new int[] {(int) lower, (int) (lower >>> 32), (int) upper, (int) (upper >>> 32)});
  }

  @Test
  void laysWordsOfSixteenBlocksOutAsFourRows() {
    int[] bits = new int[192];
    ScalarRandom.bits(KEY0, KEY1, 0, bits, 0, bits.length);
    for (int i = 0; i < bits.length; i++) {
      int counter = i / 64 * 16 + i % 16;
      int word = i / 16 % 4;
      long pair = Threefry.encrypt(KEY0, KEY1, counter, 0, Threefry.UNIFORM, 0, word >= 2);
      assertEquals((int) (pair >>> (32 * (word % 2))), bits[i], "element " + i);
    }
  }

  @Test
  void anElementDoesNotDependOnTheLengthOfTheFill() {
    float[] whole = new float[1000];
    ScalarRandom.normal(KEY0, KEY1, 0, 0f, 1f, whole, 0, whole.length);
    for (int n : new int[] {0, 1, 15, 16, 17, 63, 64, 65, 999}) {
      float[] prefix = new float[n];
      ScalarRandom.normal(KEY0, KEY1, 0, 0f, 1f, prefix, 0, n);
      assertArrayEquals(Arrays.copyOf(whole, n), prefix);
    }
  }

  @Test
  void anElementDoesNotDependOnWhereTheFillStarts() {
    float[] whole = new float[300];
    ScalarRandom.normal(KEY0, KEY1, 0, 0f, 1f, whole, 0, whole.length);
    for (int start = 0; start < 200; start++) {
      float[] part = new float[110];
      ScalarRandom.normal(KEY0, KEY1, start, 0f, 1f, part, 10, 100);
      assertArrayEquals(
          Arrays.copyOfRange(whole, start, start + 100), Arrays.copyOfRange(part, 10, 110));
    }
  }

  @Test
  void uniformNumbersKeepTheirBitsForEver() {
    float[] out = new float[4096];
    ScalarRandom.uniform(KEY0, KEY1, 0, -1f, 1f, out, 0, out.length);
    assertEquals("6fe803402028e477219023db8023ff2a6e8a18f8082a2aea10d8e94bfb68880a", sha256(out));
  }

  @Test
  void normalNumbersKeepTheirBitsForEver() {
    float[] out = new float[4096];
    ScalarRandom.normal(KEY0, KEY1, 0, 0f, 1f, out, 0, out.length);
    assertEquals("2af863b3dde7c5146b9a96541da5545705c6aadc22d292e3d912b0486e03085e", sha256(out));
  }

  /** Hash the floats as little-endian bytes. */
  private static String sha256(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes.array());
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
