using Terminal.Ecr.Messages;
using Terminal.Payments;

namespace Terminal.Ecr.Session;

/// <summary>Our command to the ECR. The next one may leave once this one is answered or given up.</summary>
/// <param name="By">The first byte leaves by this moment.</param>
/// <param name="Answer">How long the ECR may take to answer.</param>
sealed record Message(Apdu Apdu, Purpose Purpose, Moment By, TimeSpan Answer)
{
    /// <summary>How often this message made way for a command that the ECR sent at the same time.</summary>
    public int Collisions { get; init; }
}
