namespace Terminal.Panel;

/// <summary>The lines of a <see cref="GpioWiring"/> as outputs, off when opened. Disposing lets them go as they are.
/// Whatever fails throws <see cref="IOException"/>; whoever asked opens them anew.</summary>
public interface IGpioOutputs : IDisposable
{
    /// <summary>Sets all lines, the first in bit 0; a bit that is set is a lamp that is lit.</summary>
    void Set(ulong bits);
}
