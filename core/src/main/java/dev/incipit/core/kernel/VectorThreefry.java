package dev.incipit.core.kernel;

import static jdk.incubator.vector.VectorOperators.ROL;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.IntVector;

/**
 * Encrypt the blocks of a tile, one block a lane: the vector form of {@link Threefry}.
 *
 * <p>The rounds call the Vector API directly, without a method of ours for a round: a method this
 * large passes the node count from which C2 inlines only what the JDK forces, and a vector that
 * crosses a call is boxed. They stand in a row, because a rotation must be a constant to become a
 * single instruction and the key's turns then cost nothing.
 */
final class VectorThreefry {

  private VectorThreefry() {}

  /** Write word w of block b of a tile to {@code out[off + 16 w + b]}. */
  static void tile(long key0, long key1, int kind, long tile, int[] out, int off) {
    for (int lane = 0; lane < Threefry.ROW; lane += Lanes.COUNT) {
      long counter = tile * Threefry.ROW + lane;
      IntVector k0 = broadcast((int) key0);
      IntVector k1 = broadcast((int) (key0 >>> 32));
      IntVector k2 = broadcast((int) key1);
      IntVector k3 = broadcast((int) (key1 >>> 32));
      IntVector k4 = broadcast(Threefry.parity(key0, key1));
      IntVector x0 = k0.addIndex(1).add((int) counter);
      IntVector x1 = k1.add((int) (counter >>> 32));
      IntVector x2 = k2.add(kind);
      IntVector x3 = k3;
      // Step 1: four rounds, then the extended key turned by 1.
      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 10).lanewise(XOR, x0);
      x2 = x2.add(x3);
      x3 = x3.lanewise(ROL, 26).lanewise(XOR, x2);
      x0 = x0.add(x3);
      x3 = x3.lanewise(ROL, 11).lanewise(XOR, x0);
      x2 = x2.add(x1);
      x1 = x1.lanewise(ROL, 21).lanewise(XOR, x2);
      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 13).lanewise(XOR, x0);
      x2 = x2.add(x3);
      x3 = x3.lanewise(ROL, 27).lanewise(XOR, x2);
      x0 = x0.add(x3);
      x3 = x3.lanewise(ROL, 23).lanewise(XOR, x0);
      x2 = x2.add(x1);
      x1 = x1.lanewise(ROL, 5).lanewise(XOR, x2);
      x0 = x0.add(k1);
      x1 = x1.add(k2);
      x2 = x2.add(k3);
      x3 = x3.add(k4).add(1);
      // Step 2: four rounds, then the extended key turned by 2.
      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 6).lanewise(XOR, x0);
      x2 = x2.add(x3);
      x3 = x3.lanewise(ROL, 20).lanewise(XOR, x2);
      x0 = x0.add(x3);
      x3 = x3.lanewise(ROL, 17).lanewise(XOR, x0);
      x2 = x2.add(x1);
      x1 = x1.lanewise(ROL, 11).lanewise(XOR, x2);
      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 25).lanewise(XOR, x0);
      x2 = x2.add(x3);
      x3 = x3.lanewise(ROL, 10).lanewise(XOR, x2);
      x0 = x0.add(x3);
      x3 = x3.lanewise(ROL, 18).lanewise(XOR, x0);
      x2 = x2.add(x1);
      x1 = x1.lanewise(ROL, 20).lanewise(XOR, x2);
      x0 = x0.add(k2);
      x1 = x1.add(k3);
      x2 = x2.add(k4);
      x3 = x3.add(k0).add(2);
      // Step 3: four rounds, then the extended key turned by 3.
      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 10).lanewise(XOR, x0);
      x2 = x2.add(x3);
      x3 = x3.lanewise(ROL, 26).lanewise(XOR, x2);
      x0 = x0.add(x3);
      x3 = x3.lanewise(ROL, 11).lanewise(XOR, x0);
      x2 = x2.add(x1);
      x1 = x1.lanewise(ROL, 21).lanewise(XOR, x2);
      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 13).lanewise(XOR, x0);
      x2 = x2.add(x3);
      x3 = x3.lanewise(ROL, 27).lanewise(XOR, x2);
      x0 = x0.add(x3);
      x3 = x3.lanewise(ROL, 23).lanewise(XOR, x0);
      x2 = x2.add(x1);
      x1 = x1.lanewise(ROL, 5).lanewise(XOR, x2);
      x0 = x0.add(k3);
      x1 = x1.add(k4);
      x2 = x2.add(k0);
      x3 = x3.add(k1).add(3);
      // Step 4: four rounds, then the extended key turned by 4.
      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 6).lanewise(XOR, x0);
      x2 = x2.add(x3);
      x3 = x3.lanewise(ROL, 20).lanewise(XOR, x2);
      x0 = x0.add(x3);
      x3 = x3.lanewise(ROL, 17).lanewise(XOR, x0);
      x2 = x2.add(x1);
      x1 = x1.lanewise(ROL, 11).lanewise(XOR, x2);
      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 25).lanewise(XOR, x0);
      x2 = x2.add(x3);
      x3 = x3.lanewise(ROL, 10).lanewise(XOR, x2);
      x0 = x0.add(x3);
      x3 = x3.lanewise(ROL, 18).lanewise(XOR, x0);
      x2 = x2.add(x1);
      x1 = x1.lanewise(ROL, 20).lanewise(XOR, x2);
      x0 = x0.add(k4);
      x1 = x1.add(k0);
      x2 = x2.add(k1);
      x3 = x3.add(k2).add(4);
      // Step 5: four rounds, then the extended key turned by 5.
      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 10).lanewise(XOR, x0);
      x2 = x2.add(x3);
      x3 = x3.lanewise(ROL, 26).lanewise(XOR, x2);
      x0 = x0.add(x3);
      x3 = x3.lanewise(ROL, 11).lanewise(XOR, x0);
      x2 = x2.add(x1);
      x1 = x1.lanewise(ROL, 21).lanewise(XOR, x2);
      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 13).lanewise(XOR, x0);
      x2 = x2.add(x3);
      x3 = x3.lanewise(ROL, 27).lanewise(XOR, x2);
      x0 = x0.add(x3);
      x3 = x3.lanewise(ROL, 23).lanewise(XOR, x0);
      x2 = x2.add(x1);
      x1 = x1.lanewise(ROL, 5).lanewise(XOR, x2);
      x0 = x0.add(k0);
      x1 = x1.add(k1);
      x2 = x2.add(k2);
      x3 = x3.add(k3).add(5);
      x0.intoArray(out, off + lane);
      x1.intoArray(out, off + lane + Threefry.ROW);
      x2.intoArray(out, off + lane + 2 * Threefry.ROW);
      x3.intoArray(out, off + lane + 3 * Threefry.ROW);
    }
  }

  private static IntVector broadcast(int value) {
    return IntVector.broadcast(Lanes.INT, value);
  }
}
