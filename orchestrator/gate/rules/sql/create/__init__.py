"""Rules for CREATE."""
