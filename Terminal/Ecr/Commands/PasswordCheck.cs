using System.Security.Cryptography;
using Terminal.Ecr.Blocks;
using Terminal.Ecr.Messages;
using Terminal.Payments;

namespace Terminal.Ecr.Commands;

/// <summary>
/// Does the ECR know the password of the settings? A command with a place for it must carry it; all others need one
/// that did before, on the same line. Without a password in the settings any will do.
/// </summary>
sealed class PasswordCheck(EcrSettings settings)
{
    const int Length = 3;

    /// <summary>Of a serial line; over TCP it is the address that waits, see <see cref="TcpDoor"/>.</summary>
    readonly Lockout lockout = new();
    readonly byte[]? password = settings.Password is { } digits ? Convert.FromHexString(digits) : null;
    bool isKnown;

    /// <summary>The last command carried a wrong one.</summary>
    public bool WasWrong { get; private set; }

    /// <summary>Who speaks next must show it again.</summary>
    public void LineDown() => isKnown = false;

    /// <returns>The result code that refuses the command; null: nothing against it.</returns>
    public byte? Objection(CommandRow row, ReadOnlySpan<byte> data, Moment now)
    {
        WasWrong = false;
        // A bare 05 01 tells nothing secret; what is too short is malformed, and refused as such.
        if (password is null || (row.Command == Command.Status && data.IsEmpty) ||
            (row.Head >= Length && data.Length < Length))
        {
            return null;
        }
        if (row.Head < Length)
        {
            return isKnown ? null : ResultCode.NotRegistered;
        }
        if (settings.Tcp is null && lockout.IsLocked(now))
        {
            return ResultCode.NotPossible;
        }
        isKnown = CryptographicOperations.FixedTimeEquals(data[..Length], password);
        WasWrong = !isKnown;
        if (WasWrong)
        {
            lockout.Fail(now);
        }
        return isKnown ? null : ResultCode.NotPossible;
    }
}
