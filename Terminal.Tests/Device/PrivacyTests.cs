using Terminal.Device;

namespace Terminal.Tests.Device;

public sealed class PrivacyTests
{
    const int GetDumpable = 3;

    [Fact]
    public void Memory_and_new_files_are_for_nobody_else()
    {
        var before = Libc.FileCreationMask(0b000_010_010);
        try
        {
            Privacy.Begin();

            Assert.Equal(0, Libc.ProcessControl(GetDumpable, 0));
            Assert.Equal(0b000_111_111u, Libc.FileCreationMask(0b000_010_010));
        }
        finally
        {
            _ = Libc.FileCreationMask(before);
            _ = Libc.ProcessControl(Libc.SetDumpable, 1);
        }
    }
}
