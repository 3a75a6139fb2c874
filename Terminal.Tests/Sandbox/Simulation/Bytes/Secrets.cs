using System.Text;
using Sandbox.Ecr;

namespace Sandbox.Simulation.Bytes;

/// <summary>M9: looks for the payment codes of the newest orders in whatever leaves the process or is stored.</summary>
sealed class Secrets(World world)
{
    /// <summary>Older ones are not in memory any more.</summary>
    const int Newest = 4;

    public void Check(ReadOnlySpan<byte> bytes, string where)
    {
        var orders = world.Books.Orders;
        for (var i = orders.Count - 1; i >= Math.Max(0, orders.Count - Newest); i--)
        {
            foreach (var code in orders[i].CodeBytes)
            {
                if (bytes.IndexOf(code) >= 0 || bytes.IndexOf(Octets.Packed(Encoding.ASCII.GetString(code))) >= 0)
                {
                    world.Books.Break("M9", $"the code of {orders[i]} is in {where}");
                }
            }
        }
    }
}
