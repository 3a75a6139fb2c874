using System.Security.Cryptography;
using Terminal.Ecr.Blocks;
using Terminal.Ecr.Messages;
using Terminal.Payments;

namespace Terminal.Ecr.Commands;

/// <summary>
/// Checks that the ECR knows the password in the settings. A command with a password field must carry it; all others
/// need an earlier command on the same line that did. If the settings have none, any password will do.
/// </summary>
sealed class PasswordCheck(EcrSettings settings)
{
    const int Length = 3;

    /// <summary>For a serial line. Over TCP the address must wait, see <see cref="TcpDoor"/>.</summary>
    readonly Lockout lockout = new();
    readonly byte[]? password = settings.Password is { } digits ? Convert.FromHexString(digits) : null;
    bool isKnown;

    /// <summary>The last command carried a wrong password.</summary>
    public bool WasWrong { get; private set; }

    /// <summary>The ECR on the next line must show the password again.</summary>
    public void LineDown() => isKnown = false;

    /// <returns>The result code that refuses the command; null if nothing does.</returns>
    public byte? Objection(CommandRow row, ReadOnlySpan<byte> data, Moment now)
    {
        WasWrong = false;
        // A bare 05 01 reveals nothing secret. A command that is too short is refused later as malformed.
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
